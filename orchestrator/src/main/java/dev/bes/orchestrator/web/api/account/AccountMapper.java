package dev.bes.orchestrator.web.api.account;

import dev.bes.api.account.KeysJson.KeyJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts.OneTimePassword;
import dev.bes.orchestrator.account.ApiKey;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.web.problem.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/** Maps users and keys to JSON. */
final class AccountMapper {
    private AccountMapper() {}

    static String address(String user) {
        return Address.of("/api/v1/users/" + UriUtils.encode(user, StandardCharsets.UTF_8));
    }

    static UserJson json(Account account) {
        return new UserJson(
                account.name(),
                account.external(),
                texts(account.grants()),
                account.disabled(),
                account.oneTimeUntil(),
                account.createdAt(),
                account.lastSignInAt(),
                Map.of("self", address(account.name())));
    }

    static OneTimePasswordJson json(OneTimePassword made) {
        return new OneTimePasswordJson(json(made.account()), made.password());
    }

    static KeyJson json(ApiKey key) {
        return new KeyJson(
                key.id(),
                key.name(),
                key.owner(),
                texts(key.grants()),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.revokedAt(),
                key.revokedAt() == null
                        ? Map.of("revoke", Address.of("/api/v1/keys/" + key.id() + "/revoke"))
                        : Map.of());
    }

    static List<String> texts(List<Grant> grants) {
        return grants.stream().map(Grant::toString).toList();
    }
}
