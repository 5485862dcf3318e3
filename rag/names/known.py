"""Countries with their demonyms and capitals, and other names of the same thing."""

# country and its other names : demonyms : capital and its other names
COUNTRIES = """
Afghanistan:Afghan:Kabul; Albania:Albanian:Tirana; Algeria:Algerian:Algiers; Angola:Angolan:Luanda;
Argentina:Argentine,Argentinian:Buenos Aires; Armenia:Armenian:Yerevan;
Australia:Australian,Aussie:Canberra; Austria:Austrian:Vienna; Azerbaijan:Azerbaijani,Azeri:Baku;
Bahrain:Bahraini:Manama; Bangladesh:Bangladeshi:Dhaka; Belarus:Belarusian,Belarusan:Minsk;
Belgium:Belgian:Brussels; European Union,EU::Brussels; Bolivia:Bolivian:La Paz; Bosnia,Bosnia and
Herzegovina:Bosnian:Sarajevo; Botswana::Gaborone; Brazil:Brazilian:Brasilia;
Bulgaria:Bulgarian:Sofia; Cambodia:Cambodian:Phnom Penh; Cameroon:Cameroonian:Yaounde;
Canada:Canadian:Ottawa; Chad:Chadian:; Chile:Chilean:Santiago; China,People's Republic of
China,PRC:Chinese:Beijing,Peking; Colombia:Colombian:Bogota; Congo,DRC,Democratic Republic of
Congo,DR Congo:Congolese:Kinshasa; Costa Rica:Costa Rican:; Croatia:Croatian,Croat:Zagreb;
Cuba:Cuban:Havana; Cyprus:Cypriot:Nicosia; Czech Republic,Czechia:Czech:Prague;
Denmark:Danish,Dane:Copenhagen; Ecuador:Ecuadorian,Ecuadorean:Quito; Egypt:Egyptian:Cairo; El
Salvador:Salvadoran,Salvadorean:; Eritrea:Eritrean:Asmara; Estonia:Estonian:Tallinn;
Eswatini,Swaziland:Swazi:; Ethiopia:Ethiopian:Addis Ababa; Fiji:Fijian:;
Finland:Finnish,Finn:Helsinki; France:French,Frenchman,Frenchwoman:Paris; Gaza,Gaza Strip:Gazan:;
Georgia:Georgian:Tbilisi; Germany:German:Berlin; Ghana:Ghanaian:Accra; Greece:Greek:Athens;
Greenland:Greenlandic,Greenlander:Nuuk; Guatemala:Guatemalan:; Haiti:Haitian:Port-au-Prince;
Honduras:Honduran:; Hong Kong:Hong Konger:; Hungary:Hungarian:Budapest;
Iceland:Icelandic,Icelander:Reykjavik; India:Indian:New Delhi,Delhi; Indonesia:Indonesian:Jakarta;
Iran,Islamic Republic,Islamic Republic of Iran:Iranian:Tehran; Iraq:Iraqi:Baghdad;
Ireland:Irish,Irishman,Irishwoman:Dublin; Israel:Israeli:Jerusalem,Tel Aviv; Italy:Italian:Rome;
Ivory Coast,Cote d'Ivoire:Ivorian:Abidjan; Jamaica:Jamaican:Kingston; Japan:Japanese:Tokyo;
Jordan:Jordanian:Amman; Kazakhstan:Kazakh,Kazakhstani:Astana; Kenya:Kenyan:Nairobi;
Kosovo:Kosovar,Kosovan:Pristina; Kuwait:Kuwaiti:; Kyrgyzstan:Kyrgyz:Bishkek;
Laos:Laotian,Lao:Vientiane; Latvia:Latvian:Riga; Lebanon:Lebanese:Beirut;
Liberia:Liberian:Monrovia; Libya:Libyan:Tripoli; Lithuania:Lithuanian:Vilnius; Luxembourg::;
Madagascar:Malagasy:; Malawi:Malawian:; Malaysia:Malaysian:Kuala Lumpur; Mali:Malian:Bamako;
Malta:Maltese:Valletta; Mexico:Mexican:Mexico City; Moldova:Moldovan:Chisinau;
Mongolia:Mongolian:Ulaanbaatar; Montenegro:Montenegrin:Podgorica; Morocco:Moroccan:Rabat;
Mozambique:Mozambican:Maputo; Myanmar,Burma:Burmese:Naypyidaw; Namibia:Namibian:Windhoek;
Nepal:Nepali,Nepalese:Kathmandu; Netherlands,Holland:Dutch,Dutchman,Dutchwoman:Amsterdam; New
Zealand:New Zealander,Kiwi:Wellington; Nicaragua:Nicaraguan:Managua; Niger:Nigerien:Niamey;
Nigeria:Nigerian:Abuja; North Korea,DPRK:North Korean:Pyongyang; North
Macedonia,Macedonia:Macedonian:Skopje; Norway:Norwegian:Oslo; Oman:Omani:Muscat;
Pakistan:Pakistani:Islamabad; Palestine,Palestinian Territories:Palestinian:Ramallah;
Panama:Panamanian:Panama City; Paraguay:Paraguayan:; Peru:Peruvian:Lima;
Philippines:Filipino,Philippine,Filipina:Manila; Poland:Polish,Pole:Warsaw;
Portugal:Portuguese:Lisbon; Qatar:Qatari:Doha; Romania:Romanian:Bucharest; Russia,Russian
Federation:Russian:Moscow,Kremlin; Rwanda:Rwandan:Kigali; Saudi Arabia,KSA:Saudi,Saudi
Arabian:Riyadh; Senegal:Senegalese:Dakar; Serbia:Serbian,Serb:Belgrade; Sierra Leone:Sierra
Leonean:Freetown; Singapore:Singaporean:; Slovakia:Slovak,Slovakian:Bratislava;
Slovenia:Slovenian,Slovene:Ljubljana; Somalia:Somali:Mogadishu; South Africa:South
African:Pretoria; South Korea:South Korean:Seoul; South Sudan:South Sudanese:Juba;
Spain:Spanish,Spaniard:Madrid; Sri Lanka:Sri Lankan:Colombo; Sudan:Sudanese:Khartoum;
Sweden:Swedish,Swede:Stockholm; Switzerland:Swiss:Bern; Syria:Syrian:Damascus;
Taiwan:Taiwanese:Taipei; Tajikistan:Tajik:Dushanbe; Tanzania:Tanzanian:; Thailand:Thai:Bangkok;
Tunisia:Tunisian:Tunis; Turkey,Turkiye:Turkish,Turk:Ankara; Turkmenistan:Turkmen:Ashgabat;
Uganda:Ugandan:Kampala; Ukraine:Ukrainian:Kyiv,Kiev; United Arab Emirates,UAE,Emirates:Emirati:Abu
Dhabi; United Kingdom,UK,Britain,Great Britain:British,Briton:London,Westminster;
Uruguay:Uruguayan:Montevideo; United States,US,USA,America,United States of
America:American:Washington,White House; Uzbekistan:Uzbek:Tashkent; Vatican,Holy See:Vatican:;
Venezuela:Venezuelan:Caracas; Vietnam:Vietnamese:Hanoi; Yemen:Yemeni:Sanaa; Zambia:Zambian:Lusaka;
Zimbabwe:Zimbabwean:Harare; England:English,Englishman,Englishwoman:;
Scotland:Scottish,Scot:Edinburgh,Holyrood; Wales:Welsh,Welshman:Cardiff; Northern Ireland:Northern
Irish:Belfast; Europe:European:; Africa:African:; Asia:Asian:; Latin America:Latin American:;
Catalonia:Catalan:; Chechnya:Chechen:; Crimea:Crimean:; Kurdistan:Kurdish,Kurd:; Tibet:Tibetan:;
California:Californian:; Texas:Texan:
"""
SAME = """
European Union,EU; United Nations,UN; World Health Organization,World Health Organisation,WHO;
North Atlantic Treaty Organization,NATO; International Monetary Fund,IMF; International Atomic
Energy Agency,IAEA; European Central Bank,ECB; World Trade Organization,WTO; Federal Reserve,Fed;
International Criminal Court,ICC; Kyiv,Kiev; Kharkiv,Kharkov; Odesa,Odessa; Lviv,Lvov;
Dnipro,Dnipropetrovsk; Beijing,Peking; Mumbai,Bombay; Kolkata,Calcutta; Chennai,Madras;
Yangon,Rangoon; Ho Chi Minh City,Saigon; Gdansk,Danzig; Zelensky,Zelenskyy,Zelenskiy;
Gaddafi,Qaddafi,Gadhafi; Hezbollah,Hizbullah,Hizbollah; al-Qaeda,al-Qaida,al Qaeda; Islamic
State,ISIS,ISIL,Daesh; Mohammed,Muhammad,Mohammad,Mohamed; Covid,Covid-19,coronavirus; Member of
Parliament,MP; Prime Minister,PM; Second World War,World War II,World War Two,WWII; First World
War,World War I,World War One,WWI; Federal Bureau of Investigation,FBI; Central Intelligence
Agency,CIA; New York City,NYC; Los Angeles,LA; National Health Service,NHS; Gross Domestic
Product,GDP
"""
