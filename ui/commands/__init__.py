"""The subcommands of `byline`, a file each."""
