"""The command line: click commands over the services, as text for people and as JSON for programs.

Refuses Qt: commands that need a window ask a :class:`desktop_app.cli.session.Launcher` that ``__main__`` hands in.
Commands are loaded when they are called, because ``terrain add`` should be done before a person has looked up.
"""
