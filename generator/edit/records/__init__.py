"""Write, change, rename and retire records."""
