"""The rows the gateway answers itself. Administering needs R24, who may give only what lies in their own part."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.gateway import schemas as s
from shared.contracts.table import Operation, ask, change, create, listing
from shared.kernel.roles import Role

ADMIN = (Role.SYSTEM_ADMIN,)
EVERYONE = tuple(Role)

ACCOUNT_OPERATIONS: tuple[Operation, ...] = (
    create("create_account", "/accounts", "新建账号", "Create an account", s.NewAccount, s.Account, ADMIN),
    listing("list_accounts", "/accounts", "列出账号", "List accounts", s.Account, ADMIN, query=s.AccountQuery),
    ask("get_account", "/accounts/<account_id>", "查看账号", "Read an account", s.Account, ADMIN),
    change("grant_role", "/accounts/<account_id>/grants", "授予岗位", "Grant a role in a part of the tree",
           s.NewGrant, s.Account, ADMIN),
    change("revoke_grant", "/accounts/<account_id>/grants/<grant_id>/revoke", "收回岗位", "Take a role back", s.Reason,
           s.Account, ADMIN),
    change("disable_account", "/accounts/<account_id>/disable", "停用账号", "Disable an account; its sessions end",
           s.Reason, s.Account, ADMIN),
    change("enable_account", "/accounts/<account_id>/enable", "启用账号", "Enable an account again", s.Reason,
           s.Account, ADMIN),
    change("reset_password", "/accounts/<account_id>/reset-password", "重置密码",
           "Set a new password; the account's sessions end", s.PasswordReset, s.Account, ADMIN),
    change("unlock_account", "/accounts/<account_id>/unlock", "解除登录锁定", "Let an account try to sign in again",
           s.Reason, s.Account, ADMIN),
    create("create_api_client", "/api-clients", "新建接口客户端", "Create an API client", s.NewApiClient,
           s.ApiClientSecret, ADMIN),
    listing("list_api_clients", "/api-clients", "列出接口客户端", "List API clients", s.ApiClient, ADMIN,
            query=s.ApiClientQuery),
    ask("get_api_client", "/api-clients/<client_id>", "查看接口客户端", "Read an API client", s.ApiClient, ADMIN),
    change("rotate_api_client_secret", "/api-clients/<client_id>/rotate-secret", "更换接口客户端密钥",
           "Give an API client a new secret; the old one ends", Empty, s.ApiClientSecret, ADMIN),
    change("disable_api_client", "/api-clients/<client_id>/disable", "停用接口客户端", "Disable an API client",
           s.Reason, s.ApiClient, ADMIN),
    change("enable_api_client", "/api-clients/<client_id>/enable", "启用接口客户端", "Enable an API client again",
           s.Reason, s.ApiClient, ADMIN),
)

SESSION_OPERATIONS: tuple[Operation, ...] = (
    Operation("sign_in", "POST", "/sign-in", "登录", "Sign in with name and password", s.Tokens, s.SignIn, public=True),
    Operation("refresh", "POST", "/refresh", "续期", "Exchange a refresh token for new tokens", s.Tokens, s.Refresh,
              public=True),
    Operation("client_token", "POST", "/client-token", "接口客户端取令牌", "Sign an API client in", s.ClientToken,
              s.ClientCredentials, public=True),
    Operation("sign_out", "POST", "/sign-out", "退出", "End this session", roles=frozenset(EVERYONE), status=204),
    Operation("get_me", "GET", "/me", "我的账号和岗位", "Who am I, and which roles have I", s.Me,
              roles=frozenset(EVERYONE)),
    Operation("change_password", "POST", "/me/password", "修改本人密码", "Change my password; my other sessions end",
              None, s.PasswordChange, roles=frozenset(EVERYONE), status=204),
)
