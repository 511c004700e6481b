package dev.bes.api.client;

import dev.bes.api.account.KeysJson;
import dev.bes.api.account.KeysJson.CreatedKeyJson;
import dev.bes.api.account.KeysJson.KeyJson;
import dev.bes.api.account.KeysJson.NewKeyJson;
import dev.bes.api.account.MeJson;
import dev.bes.api.account.UsersJson;
import dev.bes.api.account.UsersJson.GrantsJson;
import dev.bes.api.account.UsersJson.NewUserJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
import dev.bes.api.installation.AuditJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The calls on users, keys and the audit. */
public interface AccountCalls {
    /** Who the caller is, and what he may do. */
    @GetExchange("/me")
    MeJson me();

    /** All users. */
    @GetExchange("/users")
    UsersJson users();

    /** Adds a user with a one-time password. */
    @PostExchange(url = "/users", contentType = MediaType.APPLICATION_JSON_VALUE)
    OneTimePasswordJson addUser(@RequestBody NewUserJson user);

    /** A user. */
    @GetExchange("/users/{name}")
    UserJson user(@PathVariable String name);

    /** Replaces the grants of a user. */
    @PutExchange(url = "/users/{name}/grants", contentType = MediaType.APPLICATION_JSON_VALUE)
    UserJson changeGrants(@PathVariable String name, @RequestBody GrantsJson grants);

    /** Gives a user a one-time password, and ends his sessions. */
    @PostExchange("/users/{name}/reset-password")
    OneTimePasswordJson resetPassword(@PathVariable String name);

    /** Disables a user and his keys, and ends his sessions. */
    @PostExchange("/users/{name}/disable")
    UserJson disableUser(@PathVariable String name);

    /** Enables a user again. */
    @PostExchange("/users/{name}/enable")
    UserJson enableUser(@PathVariable String name);

    /** Ends all sessions of a user. */
    @PostExchange("/users/{name}/sign-out")
    UserJson signOutUser(@PathVariable String name);

    /** The caller's keys; those of all users if he is an administrator. */
    @GetExchange("/keys")
    KeysJson keys();

    /** Makes a key for the caller. */
    @PostExchange(url = "/keys", contentType = MediaType.APPLICATION_JSON_VALUE)
    CreatedKeyJson createKey(@RequestBody NewKeyJson key);

    /** Revokes a key. */
    @PostExchange("/keys/{id}/revoke")
    KeyJson revokeKey(@PathVariable String id);

    /**
     * A page of the audit, newest first.
     *
     * @param actor only by this actor, as {@code kind:name}
     * @param action only this action
     * @param object only about this object: kind and name
     * @param definition only of this definition
     * @param outcome {@code refused} leaves out what was allowed
     * @param from a day or a time in UTC
     * @param to a day, included, or a time in UTC
     * @param cursor where to go on, as the address of the next page has it
     * @param limit how many at most, from 1 to 200
     */
    @GetExchange("/audit")
    AuditJson audit(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
