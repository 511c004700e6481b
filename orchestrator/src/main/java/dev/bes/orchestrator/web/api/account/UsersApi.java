package dev.bes.orchestrator.web.api.account;

import dev.bes.api.account.UsersJson;
import dev.bes.api.account.UsersJson.GrantsJson;
import dev.bes.api.account.UsersJson.NewUserJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.security.Requires;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Adds, changes and disables users. */
@RestController
@RequestMapping(path = "/api/v1/users", produces = MediaType.APPLICATION_JSON_VALUE)
final class UsersApi {
    private final Accounts accounts;
    private final EmptyBody emptyBody;

    UsersApi(Accounts accounts, EmptyBody emptyBody) {
        this.accounts = accounts;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(value = Role.ADMIN, everywhere = true)
    UsersJson list() {
        return new UsersJson(accounts.all().stream().map(AccountMapper::json).toList());
    }

    @GetMapping("/{name}")
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson find(@PathVariable String name) {
        return AccountMapper.json(accounts.named(name));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    ResponseEntity<OneTimePasswordJson> add(@RequestBody NewUserJson user, Access access) {
        String name = required("name", user.name());
        OneTimePasswordJson made =
                AccountMapper.json(accounts.add(name, texts("grants", user.grants()), access.name()));
        return ResponseEntity.created(URI.create(AccountMapper.address(name))).body(made);
    }

    @PutMapping(path = "/{name}/grants", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson changeGrants(@PathVariable String name, @RequestBody GrantsJson grants, Access access) {
        return AccountMapper.json(accounts.changeGrants(name, texts("grants", grants.grants()), access.name()));
    }

    @PostMapping(path = "/{name}/reset-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    OneTimePasswordJson resetPassword(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.resetPassword(name, access.name()));
    }

    @PostMapping(path = "/{name}/disable", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson disable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.disable(name, access.name()));
    }

    @PostMapping(path = "/{name}/enable", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson enable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.enable(name, access.name()));
    }

    @PostMapping(path = "/{name}/sign-out", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson signOut(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        Account account = accounts.named(name);
        accounts.signOutEverywhere(account.id(), access.name());
        return AccountMapper.json(account);
    }

    static String required(String key, @Nullable String value) {
        if (value == null) {
            throw ProblemException.badRequest("'%s' is missing".formatted(key));
        }
        return value;
    }

    static List<String> texts(String key, @Nullable List<String> values) {
        if (values == null || values.stream().anyMatch(Objects::isNull)) {
            throw ProblemException.badRequest(
                    "'%s' is missing, or holds null; a list of texts is expected".formatted(key));
        }
        return values;
    }
}
