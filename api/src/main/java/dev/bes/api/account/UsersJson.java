package dev.bes.api.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All users.
 *
 * @param users by name
 * @param next where to find the following ones, if there are any
 */
public record UsersJson(List<UserJson> users, @Nullable String next) {

    /**
     * A user.
     *
     * @param name his name
     * @param external whether an OpenID provider checks who he is; else a password does
     * @param grants each is a role, or {@code role:pattern} of names of definitions
     * @param disabled whether neither he nor a key of his may use the service
     * @param oneTimePasswordUntil until when his one-time password can be used; null if he has none
     * @param createdAt when he was added
     * @param lastSignInAt when he last signed in; null if never
     * @param links {@code self}
     */
    public record UserJson(
            String name,
            boolean external,
            List<String> grants,
            boolean disabled,
            @Nullable Instant oneTimePasswordUntil,
            Instant createdAt,
            @Nullable Instant lastSignInAt,
            Map<String, String> links) {}

    /**
     * A user to add.
     *
     * @param name 1 to 64 lower-case letters, digits, dots, dashes, underscores and @
     * @param grants each is a role, or {@code role:pattern} of names of definitions
     */
    public record NewUserJson(
            @Nullable String name, @Nullable List<String> grants) {}

    /**
     * What a user may do from now on.
     *
     * @param grants each is a role, or {@code role:pattern} of names of definitions
     */
    public record GrantsJson(@Nullable List<String> grants) {}

    /**
     * A user with a password that is shown once. He changes it at his next sign-in.
     *
     * @param user the user
     * @param oneTimePassword the password
     */
    public record OneTimePasswordJson(UserJson user, String oneTimePassword) {}
}
