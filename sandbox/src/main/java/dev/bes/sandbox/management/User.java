package dev.bes.sandbox.management;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user of the developer portal, without a password. Source: {@code UserContract} of API Management's REST API.
 *
 * @param id the identifier in addresses; unique, and its case does not matter
 * @param email unique, and its case does not matter
 * @param registered when it was made; null until the store has it
 * @param groups the names of its groups, sorted; {@code developers} is always one of them
 */
public record User(
        String id,
        String firstName,
        String lastName,
        String email,
        @Nullable Instant registered,
        List<String> groups) {

    /** The group of all registered users. Source: API Management, groups. */
    public static final String DEVELOPERS = "developers";

    /** The group that may do everything. Source: API Management, groups. */
    public static final String ADMINISTRATORS = "administrators";

    /** The administrator that each instance of API Management has, by its id there. */
    public static final User ADMINISTRATOR =
            new User("1", "Administrator", "", "administrator@example.com", null, List.of(ADMINISTRATORS));

    /** The owner of the demo subscriptions. */
    public static final User DEMO = new User("demo", "Demo", "Developer", "demo@example.com", null, List.of());

    /**
     * Sorts the groups and adds {@code developers}.
     *
     * @throws IllegalArgumentException when a field has no value that it may have
     */
    public User {
        if (!Identifiers.isValid(id)) {
            throw new IllegalArgumentException("id is no identifier");
        }
        if (firstName == null || lastName == null || email == null || groups == null) {
            throw new IllegalArgumentException("firstName, lastName, email and groups are needed");
        }
        TreeSet<String> sorted = new TreeSet<>(groups);
        sorted.add(DEVELOPERS);
        groups = List.copyOf(sorted);
    }

    /** The name to show. */
    public String fullName() {
        return (firstName + " " + lastName).strip();
    }

    /** Whether the user administrates. */
    public boolean administrates() {
        return groups.contains(ADMINISTRATORS);
    }

    User registeredAt(Instant now) {
        return new User(id, firstName, lastName, email, now, groups);
    }

    /** With names and email address of another. */
    User named(User other) {
        return new User(id, other.firstName, other.lastName, other.email, registered, groups);
    }

    User with(String group) {
        return withGroups(Stream.concat(groups.stream(), Stream.of(group)).toList());
    }

    User without(String group) {
        return withGroups(groups.stream().filter(it -> !it.equals(group)).toList());
    }

    User withGroups(List<String> others) {
        return new User(id, firstName, lastName, email, registered, others);
    }
}
