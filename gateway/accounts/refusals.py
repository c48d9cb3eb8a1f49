"""What accounts and sessions refuse, and why."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class NameTaken(Conflict):
    code = "account-name-taken"
    zh = "名称“{name}”已被使用,请换一个。"
    en = "The name {name} is taken; choose another."


class OwnAccount(Forbidden):
    """Separation of duty: nobody administers their own account."""

    code = "own-account"
    zh = "不能给自己授权、停用自己或用管理操作修改自己的账号。请由另一位系统管理员办理。"
    en = "Nobody may grant to, disable or administer their own account. Ask another system administrator."


class OutOfReach(Forbidden):
    code = "out-of-reach"
    zh = "组织 {org_path} 不在您的管理范围内。请由上级系统管理员办理。"
    en = "{org_path} lies outside the part of the tree you administer. Ask an administrator above."


class WorkerNeeded(Invalid):
    code = "worker-needed"
    zh = "职工本人岗位(R25)需要账号的 worker_id。请新建账号时填写。"
    en = "Role R25 needs the worker_id of the account. Give it when you create the account."


class GrantHeld(Conflict):
    code = "grant-held"
    zh = "该账号在 {org_path} 已有岗位 {role}。"
    en = "The account already holds {role} in {org_path}."


class GrantUnknown(NotFound):
    code = "grant-unknown"
    zh = "该账号没有这项授权:{id}。请重新查看账号。"
    en = "The account has no such grant: {id}. Read the account again."


class PasswordIsName(Invalid):
    code = "password-is-name"
    zh = "密码不能与登录名相同,请换一个。"
    en = "The password must not be the name; choose another."


class CredentialsWrong(Refusal):
    """The same for an unknown name and a wrong password."""

    status = 401
    code = "credentials-wrong"
    zh = "名称或密码不正确。连续失败 5 次将暂时锁定。"
    en = "Name or password is wrong. Five failures in a row lock the name for a while."
    headers = {"WWW-Authenticate": 'Bearer realm="bangfu"'}  # noqa: RUF012


class SignInLocked(Refusal):
    """Too many failures for this name, whether or not it exists."""

    status = 429
    code = "sign-in-locked"
    zh = "失败次数过多,该名称已锁定。请在 {retry_after_seconds} 秒后再试,或请系统管理员解锁。"
    en = "Too many failures: the name is locked. Try again in {retry_after_seconds} s, or ask an administrator."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.params["retry_after_seconds"])}


class AccountDisabled(Forbidden):
    code = "account-disabled"
    zh = "该账号已停用。请联系系统管理员。"
    en = "This account is disabled. Ask an administrator."


class RefreshUnknown(Refusal):
    status = 401
    code = "refresh-token-invalid"
    zh = "续期令牌无效、已过期或会话已结束。请重新登录。"
    en = "The refresh token is unknown or expired, or its session has ended. Sign in again."
    headers = {"WWW-Authenticate": 'Bearer realm="bangfu"'}  # noqa: RUF012


class RefreshReused(RefreshUnknown):
    """A used refresh token came back: somebody has a copy, so the whole session ends."""

    code = "refresh-token-reused"
    zh = "续期令牌已被使用过,可能已泄露,本次会话已全部终止。请重新登录。"
    en = "This refresh token was used before and may have been stolen: the session has been ended. Sign in again."


class CurrentPasswordWrong(Forbidden):
    code = "current-password-wrong"
    zh = "当前密码不正确。连续失败 5 次将暂时锁定。"
    en = "The current password is wrong. Five failures in a row lock the name for a while."


class NoPassword(Forbidden):
    code = "client-has-no-password"
    zh = "接口客户端没有密码,其密钥由系统管理员更换。"
    en = "An API client has no password; a system administrator rotates its secret."
