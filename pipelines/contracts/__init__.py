"""What an agency promised to deliver, read strictly."""
