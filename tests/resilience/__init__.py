"""What is left after a process was killed: everything that was answered, and nothing twice."""
