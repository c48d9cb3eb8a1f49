"""`bangfu account`: who may sign in."""

from __future__ import annotations

import sys

import click

from shared.kernel.roles import Role
from shared.runtime.cli.context import with_settings
from shared.runtime.cli.output import guarded
from shared.runtime.config import Settings

ROLES = {role.value: role for role in Role}


class Grant(click.ParamType):
    """`R8@/37/3702/`: a role, and the part of the organisation it is held in."""

    name = "role@org-path"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Role, str]:
        code, separator, org_path = value.partition("@")
        if not separator or code not in ROLES:
            self.fail(f"{value}: 应为“岗位代码@组织路径” / must be role@organisation path, as R8@/37/3702/", param, ctx)
        return ROLES[code], org_path


@click.group()
def account() -> None:
    """Accounts at the gateway."""


@account.command("add")
@click.argument("name")
@click.option("--display-name", required=True, help="The person's name as others see it.")
@click.option("--grant", "grants", type=Grant(), multiple=True, help="A role and where it is held; repeat for more.")
@click.option("--worker-id", help="For a worker (R25): the person's id in membership.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@with_settings
def account_add(
    settings: Settings, name: str, display_name: str, grants: tuple[tuple[Role, str], ...],
    worker_id: str | None, password_stdin: bool,
) -> None:  # fmt: skip
    """Add an account called NAME. The password is asked for, or read from standard input."""
    from gateway.accounts import cli

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("密码 / password", hide_input=True, confirmation_prompt=True)
    try:
        guarded(cli.add_account, settings, name, password, display_name, grants=list(grants), worker_id=worker_id)
    except cli.AccountInvalid as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name}: 账号已建立 / account added")
