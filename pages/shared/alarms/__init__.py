"""What people see and do about alarms on `peringatan`."""
