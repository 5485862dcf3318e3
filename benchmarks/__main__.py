"""`make bench`: speed, beside the baseline, in one table."""

from benchmarks.speed import main

main()
