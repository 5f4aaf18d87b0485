"""What the communities owe for points: outstanding by age and place, in points and in money."""
