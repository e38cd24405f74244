"""What cells mean: numbers, dates, codes, checks, holds, corrections and personal marks, each file with its one right reading."""
