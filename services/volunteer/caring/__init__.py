"""Coverage of those who need care, in figures: nobody is named."""
