"""The views: one file turns one kind of address into one page. Invariant: a view is registered here by hand."""

from faultline.publish.web.views import (
    actors,
    claims,
    documents,
    enter,
    examine,
    incidents,
    map,
    mechanisms,
    now,
    review,
    search,
    sources,
    start,
    system,
    timeline,
    work,
)

VIEW_ROUTES = (
    start.routes,
    now.routes,
    map.routes,
    actors.routes,
    mechanisms.routes,
    system.routes,
    examine.routes,
    work.routes,
    timeline.routes,
    claims.routes,
    incidents.routes,
    documents.routes,
    sources.routes,
    search.routes,
    review.routes,
    enter.routes,
)
