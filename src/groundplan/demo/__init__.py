"""The demonstration company, built through the services, the same for the same day.

`world` invents its facts as tables (`cast`, `catalogue`, `companies`, `orders`, `deals` ...),
`services` imports them as anybody's export, and `planned` makes its plans. `command` opens it.
"""
