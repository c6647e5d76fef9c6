"""`python -m gxcrawl` is the command `gxcrawl`."""

from gxcrawl.cli import main

if __name__ == "__main__":
    main(prog_name="gxcrawl")
