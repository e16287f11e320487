"""Pages: a door to the services and selectors of the rooms below.

`pages` has a folder an area, each with its urls, views, contexts and templates; `components` and
`templatetags` are what several share. `shell` surrounds every page; `middleware`, `refusals` and
`bodies` see to who is signed in, what is refused and what may be sent; `stencils` draws long rows.
"""
