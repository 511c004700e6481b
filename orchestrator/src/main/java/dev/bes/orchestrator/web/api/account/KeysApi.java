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
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes, lists and revokes API keys. */
@RestController
@RequestMapping(path = "/api/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
final class KeysApi {
    private final ApiKeys keys;
    private final EmptyBody emptyBody;

    KeysApi(ApiKeys keys, EmptyBody emptyBody) {
        this.keys = keys;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @RequiresSignIn
    KeysJson list(Access access) {
        List<ApiKey> visible = access.mayEverywhere(Role.ADMIN) ? keys.all() : keys.of(access.account());
        return new KeysJson(visible.stream().map(AccountMapper::json).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresSignIn
    ResponseEntity<CreatedKeyJson> create(@RequestBody NewKeyJson key, Access access) {
        NewKey made = keys.create(
                access,
                UsersApi.required("name", key.name()),
                UsersApi.texts("grants", key.grants()),
                key.days() == null ? null : Duration.ofDays(key.days()));
        return ResponseEntity.created(URI.create("/api/v1/keys"))
                .body(new CreatedKeyJson(AccountMapper.json(made.key()), made.text()));
    }

    @PostMapping(path = "/{id}/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresSignIn
    KeyJson revoke(
            @PathVariable String id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        emptyBody.require(body);
        return AccountMapper.json(keys.revoke(access, id));
    }
}
