"""An organisation of a district: what it lies under, what it is linked with, what it gives."""
