"""The services of this machine; imported only by the processes that run them."""

from deploy.local.mounted import Mounted
from services.grievance import app as grievance

INSTALLED = (
    Mounted(
        name="grievance",
        title="诉求 Petitions",
        migrate=grievance.migrate,
        api=grievance.api,
        ready=grievance.ready,
        work=grievance.work,
        load_sample=lambda: grievance.load_sample(),
    ),
)
