"""Pages of volunteers: their activities, hours, time, stars and promises."""
