"""Rules tried by themselves: a table of inputs in, every intermediate and final value out, without any release."""
