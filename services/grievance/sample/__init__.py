"""The cases of the sample district: ten told one by one, the others drawn from a seed."""
