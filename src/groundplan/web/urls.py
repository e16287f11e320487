"""The pages' addresses, an include an area."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("groundplan.web.pages.entry.urls")),
    path("", include("groundplan.web.pages.numbers.urls")),
    path("", include("groundplan.web.pages.book.urls")),
    path("", include("groundplan.web.pages.accounts.urls")),
    path("", include("groundplan.web.pages.account.urls")),
    path("", include("groundplan.web.pages.palette.urls")),
    path("", include("groundplan.web.pages.style.urls")),
    path("", include("groundplan.web.pages.settings.urls")),
    path("", include("groundplan.web.pages.performance.urls")),
    path("", include("groundplan.web.pages.imports.urls")),
    path("", include("groundplan.web.pages.whitespace.urls")),
    path("", include("groundplan.web.pages.backtest.urls")),
    path("", include("groundplan.web.pages.work.urls")),
    path("", include("groundplan.web.pages.plans.urls")),
    path("", include("groundplan.web.pages.week.urls")),
    path("", include("groundplan.web.pages.notices.urls")),
]
