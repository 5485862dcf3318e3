"""The page's own icons: line drawings on a grid of 24, in the colour of the text around them."""

_PATHS = {
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h9"/>',
    "link": (
        '<path d="M9.5 14.5l5-5M8 11l-2.3 2.3a3.5 3.5 0 0 0 5 5L13 16M16 13l2.3-2.3a3.5 '
        '3.5 0 0 0-5-5L11 8"/>'
    ),
    "retry": '<path d="M19 12a7 7 0 1 1-2.1-5M19 4v4h-4"/>',
    "edit": '<path d="M5 19l1-4L16 5l3 3L9 18z"/>',
    "good": (
        '<path d="M7 11v9H4v-9zm0 0l4-7a2 2 0 0 1 2.5 2.6L13 10h5.5a1.8 1.8 0 0 1 1.7 '
        '2.3l-1.7 6a2.2 2.2 0 0 1-2.1 1.7H7"/>'
    ),
    "bad": (
        '<path d="M17 13V4h3v9zm0 0l-4 7a2 2 0 0 1-2.5-2.6L11 14H5.500a1.800 1.800 0 0 '
        '1-1.700-2.300l1.700-6A2.200 2.200 0 0 1 7.600 4H17"/>'
    ),
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "new": '<path d="M12 5v14M5 12h14"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "calendar": (
        '<rect x="4" y="6" width="16" height="14" rx="2"/><path d="M4 11h16M8 3.500v4M16 3.500v4"/>'
    ),
    "folder": '<path d="M4 18V6h6l2 2.500h8V18z"/>',
    "trash": '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"/>',
    "leave": '<path d="M14 4H6v16h8M11 12h9M16.500 8L20 12l-3.500 4"/>',
    "download": '<path d="M12 4v11M7.500 11L12 15.500 16.500 11M5 20h14"/>',
}


def icon(name: str) -> str:
    """One icon as inline SVG, hidden from screen readers: the button around it has the name."""
    return (
        '<svg class="by-icon" viewBox="0 0 24 24" width="16" height="16" fill="none" '
        'stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true">{_PATHS[name]}</svg>'
    )
