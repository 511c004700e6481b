package dev.bes.orchestrator.web.api.account;

import dev.bes.api.account.KeysJson;
import dev.bes.api.account.KeysJson.CreatedKeyJson;
import dev.bes.api.account.KeysJson.KeyJson;
import dev.bes.api.account.KeysJson.NewKeyJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.ApiKey;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.ApiKeys.NewKey;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.account.creation.CreationKeys;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Makes, lists and revokes API keys. */
@RestController
@RequestMapping(path = "/api/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
final class KeysApi {
    private static final Map<String, Function<ApiKey, @Nullable Object>> KEYS = Map.of(
            "created", ApiKey::createdAt,
            "expires", ApiKey::expiresAt,
            "last-used", ApiKey::lastUsedAt,
            "name", ApiKey::name,
            "owner", ApiKey::owner);

    private final ApiKeys keys;
    private final CreationKeys creationKeys;
    private final EmptyBody emptyBody;

    KeysApi(ApiKeys keys, CreationKeys creationKeys, EmptyBody emptyBody) {
        this.keys = keys;
        this.creationKeys = creationKeys;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @RequiresSignIn
    @Listed(
            of = KeyJson.class,
            items = "keys",
            sort = {"-created", "expires", "last-used", "name", "owner"})
    KeysJson list(
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable Boolean revoked,
            ListQuery list,
            Access access) {
        List<ApiKey> all = access.mayEverywhere(Role.ADMIN) ? keys.all() : keys.of(access.account());
        List<ApiKey> chosen = all.stream()
                .filter(key -> owner == null || owner.isEmpty() || owner.equals(key.owner()))
                .filter(key -> revoked == null || revoked == (key.revokedAt() != null))
                .toList();
        ListQuery.Page<ApiKey> page = list.of(chosen, KEYS, ApiKey::id);
        return new KeysJson(page.items().stream().map(AccountMapper::json).toList(), page.next());
    }

    @JsonPost
    @RequiresSignIn
    ResponseEntity<CreatedKeyJson> create(@RequestBody NewKeyJson key, HttpServletRequest request, Access access) {
        String name = UsersApi.required("name", key.name());
        List<String> grants = UsersApi.texts("grants", key.grants());
        Duration lifetime = key.days() == null ? null : Duration.ofDays(key.days());
        NewKey made = creationKeys.once(
                access.name(),
                IdempotencyKey.of(request),
                List.of("key", key),
                () -> keys.create(access, name, grants, lifetime),
                created -> "key " + created.key().id() + " in /api/v1/keys");
        return ResponseEntity.created(URI.create(Address.of("/api/v1/keys")))
                .body(new CreatedKeyJson(AccountMapper.json(made.key()), made.text()));
    }

    @JsonPost("/{id}/revoke")
    @RequiresSignIn
    KeyJson revoke(
            @PathVariable String id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        emptyBody.require(body);
        return AccountMapper.json(keys.revoke(access, id));
    }
}
