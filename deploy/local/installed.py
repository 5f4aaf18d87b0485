"""The services of this machine; imported only by the processes that run them."""

from services.dashboard.app import dashboard
from services.grievance.app import grievance
from services.points.app import points
from services.territory.app import territory
from services.volunteer.app import volunteer

INSTALLED = (territory, grievance, volunteer, points, dashboard)
