"""The views: one file turns one kind of address into one page. Invariant: a view is registered here by hand."""

from faultline.publish.web.views import claims, documents, incidents, search, sources, start, timeline

VIEW_ROUTES = (
    start.routes,
    timeline.routes,
    claims.routes,
    incidents.routes,
    documents.routes,
    sources.routes,
    search.routes,
)
