package dev.bes.orchestrator.web.api.account;

import dev.bes.api.account.UsersJson;
import dev.bes.api.account.UsersJson.GrantsJson;
import dev.bes.api.account.UsersJson.NewUserJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.Accounts.OneTimePassword;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.account.creation.CreationKeys;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.EntityTag;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adds, changes and disables users. */
@RestController
@RequestMapping(path = "/api/v1/users", produces = MediaType.APPLICATION_JSON_VALUE)
final class UsersApi {
    private static final Map<String, Function<Account, @Nullable Object>> KEYS = Map.of(
            "name", Account::name,
            "created", Account::createdAt,
            "last-sign-in", Account::lastSignInAt);

    private final Accounts accounts;
    private final CreationKeys creationKeys;
    private final EmptyBody emptyBody;

    UsersApi(Accounts accounts, CreationKeys creationKeys, EmptyBody emptyBody) {
        this.accounts = accounts;
        this.creationKeys = creationKeys;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(value = Role.ADMIN, everywhere = true)
    @Listed(
            of = UserJson.class,
            items = "users",
            sort = {"name", "created", "last-sign-in"})
    UsersJson list(@RequestParam(required = false) @Nullable Boolean disabled, ListQuery list) {
        List<Account> all = accounts.all().stream()
                .filter(account -> disabled == null || disabled == account.disabled())
                .toList();
        ListQuery.Page<Account> page = list.of(all, KEYS, Account::name);
        return new UsersJson(page.items().stream().map(AccountMapper::json).toList(), page.next());
    }

    @GetMapping("/{name}")
    @Requires(value = Role.ADMIN, everywhere = true)
    @Listed(of = UserJson.class)
    ResponseEntity<UserJson> find(@PathVariable String name) {
        return answer(accounts.named(name));
    }

    @JsonPost
    @Requires(value = Role.ADMIN, everywhere = true)
    ResponseEntity<OneTimePasswordJson> add(@RequestBody NewUserJson user, HttpServletRequest request, Access access) {
        String name = required("name", user.name());
        List<String> grants = texts("grants", user.grants());
        OneTimePassword made = creationKeys.once(
                access.name(),
                IdempotencyKey.of(request),
                List.of("user", user),
                () -> accounts.add(name, grants, access.name()),
                _ -> AccountMapper.address(name));
        return ResponseEntity.created(URI.create(AccountMapper.address(name))).body(AccountMapper.json(made));
    }

    @PutMapping(path = "/{name}/grants", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    ResponseEntity<UserJson> changeGrants(
            @PathVariable String name, @RequestBody GrantsJson grants, HttpServletRequest request, Access access) {
        return answer(accounts.changeGrants(
                name,
                texts("grants", grants.grants()),
                access.name(),
                before -> tag(before).require(request)));
    }

    private static ResponseEntity<UserJson> answer(Account account) {
        return ResponseEntity.ok().eTag(tag(account).value()).body(AccountMapper.json(account));
    }

    /** Changes with what administrators decide, and not with a sign-in. */
    private static EntityTag tag(Account account) {
        return EntityTag.of(List.of(account.name(), account.external(), account.grants(), account.disabled()));
    }

    @JsonPost("/{name}/reset-password")
    @Requires(value = Role.ADMIN, everywhere = true)
    OneTimePasswordJson resetPassword(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.resetPassword(name, access.name()));
    }

    @JsonPost("/{name}/disable")
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson disable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.disable(name, access.name()));
    }

    @JsonPost("/{name}/enable")
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson enable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(accounts.enable(name, access.name()));
    }

    @JsonPost("/{name}/sign-out")
    @Requires(value = Role.ADMIN, everywhere = true)
    UserJson signOut(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        emptyBody.require(body);
        return AccountMapper.json(
                accounts.signOutEverywhere(accounts.named(name).id(), access.name()));
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
