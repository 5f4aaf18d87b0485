"""The services of this machine; imported only by the processes that run them."""

from services.grievance.app import grievance

INSTALLED = (grievance,)
