"""What people entered and did: who may see and act, and a memory that is never rewritten."""
