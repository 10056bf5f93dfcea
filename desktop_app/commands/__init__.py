"""What each command of `setu` does: one function a command, its options in, its exit code out."""
