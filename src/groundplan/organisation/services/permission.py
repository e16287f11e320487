"""Who may change what holds for everybody."""

from groundplan.kernel.errors import NotAllowed
from groundplan.organisation.contracts import Viewer


def administrator_required(viewer: Viewer) -> None:
    """Raises NotAllowed unless the viewer administers the installation."""
    if not viewer.may_administer:
        message = "Only an administrator may change settings."
        raise NotAllowed(message, mend="Ask an administrator.")
