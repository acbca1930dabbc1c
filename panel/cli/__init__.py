"""The command line: data on stdout, talk on stderr, one exit code per kind of ending."""
