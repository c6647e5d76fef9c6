"""Runs Datasette with our pages in this process: settings, sign-in, the port, Ctrl-C."""
