"""The official reply (答复意见书) as a letter to print: made anew from the log each time."""
