"""What happened: how the sources answer, what was sent to whom, what was done at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from desk.web import forms
from desk.web.visit import Visit
from notices.model import RunState
from notices.store import SourceInfo
from notices.store.views import STALE, RunView

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Health:
    """A source and its latest run; `well` where that run may be believed whole."""

    source: SourceInfo
    run: RunView | None

    @property
    def well(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.run is not None and self.run.state in (RunState.DONE, RunState.RUNNING)


def sources(visit: Visit) -> Response:
    """Show how every source answered last, those in trouble first and in words."""
    with visit.office.reading() as store:
        runs = {run.source: run for run in store.runs.last_of_each()}
        listened = visit.office.listened()
        known = [
            source
            for source in store.sources.all()
            if source.name in runs or (source.enabled if listened is None else source.name in listened)
        ]
        believed = {name: store.runs.last(name, believed=True) for name, run in runs.items() if run.state != "done"}
    last = max((run.started for run in runs.values()), default=visit.now)
    all_ = [Health(source, runs[source.name]) for source in known if source.name in runs]
    return visit.page(
        "sources.html", troubled=[one for one in all_ if not one.well], well=[one for one in all_ if one.well],
        never=[source for source in known if source.name not in runs], believed=believed,
        days=(visit.now - last).days if visit.now - last > STALE else 0,
    )  # fmt: skip


def sent(visit: Visit) -> Response:
    """Show the messages of the last while, those that need a person first."""
    with visit.office.reading() as store:
        found = [one for one in visit.office.sent(store) if one.centre in ("", visit.desk.name)]
    needing = [one for one in found if one.state in ("unknown", "given_up", "failed")]
    return visit.page("sent.html", needing=needing, rest=[one for one in found if one not in needing][:SHOWN])


def log(visit: Visit) -> Response:
    """Show what was done for the centres that this visitor may act for, the latest first."""
    doors = visit.doors
    with visit.office.reading() as store:
        before = forms.number(visit.asked("before"))
        actions = store.log.recent(SHOWN, before, doors)
        titles = store.announcements.among({a.announcement_id for a in actions if a.announcement_id})
        sessions = store.sessions.count(doors)
    older = actions[-1].id if len(actions) == SHOWN else None
    return visit.page("log.html", actions=actions, titles=titles, sessions=sessions, older=older, first=before is None)
