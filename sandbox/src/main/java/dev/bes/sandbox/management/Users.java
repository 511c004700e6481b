package dev.bes.sandbox.management;

import dev.bes.sandbox.managedapi.ManagedApi;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The users of the developer portal and their groups. Groups are those that the products name, and the built-in ones. */
public final class Users {

    /** The group of those who have not signed in; users are never in it. Source: API Management, groups. */
    public static final String GUESTS = "guests";

    /** The greatest number of users, so that the state stays small. */
    private static final int MOST_USERS = 1000;

    private final ManagementStore store;
    private final InstantSource clock;
    private final List<String> groups;

    /** The users of a store. */
    public Users(ManagementStore store, ManagedApi api, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.groups = Stream.concat(
                        Stream.of(User.ADMINISTRATORS, User.DEVELOPERS, GUESTS),
                        api.products().stream().flatMap(product -> product.groups().stream()))
                .distinct()
                .toList();
    }

    /** The names of all groups: the built-in ones first. */
    public List<String> groups() {
        return groups;
    }

    /**
     * Lets an identifier of a user pass.
     *
     * @throws ManagementError 400 when it is none
     */
    public static void checkIdentifier(String id) {
        FieldRules.checkIdentifier("userId", id);
    }

    /** Whether a group is one of those that each instance of API Management has. */
    public static boolean isBuiltIn(String group) {
        return List.of(User.ADMINISTRATORS, User.DEVELOPERS, GUESTS).contains(group);
    }

    /** All users, by id. */
    public List<User> all() {
        return List.copyOf(store.state().users().values());
    }

    /** The users in a group. */
    public List<User> in(String group) {
        checkGroup(group);
        return all().stream().filter(user -> user.groups().contains(group)).toList();
    }

    /**
     * A user.
     *
     * @throws ManagementError 404 when there is none
     */
    public User user(String id) {
        return found(id, store.state());
    }

    /**
     * Makes a user, or changes names and email address of one; the groups stay.
     *
     * @param wanted with the id, the names and the email address
     * @param precondition called with the user that is there, before anything changes
     * @return whether it was made
     * @throws ManagementError when a field is wrong, or the email address is that of another user
     */
    public boolean put(User wanted, Consumer<User> precondition) {
        FieldRules.check(wanted);
        ManagementState before = store.update((ManagementState state) -> {
            User known = state.users().get(wanted.id());
            if (known == null) {
                checkRoom(state);
                return state.with(wanted.registeredAt(clock.instant()).withGroups(List.of()));
            }
            precondition.accept(known);
            return state.with(known.named(wanted));
        });
        return !before.users().containsKey(wanted.id());
    }

    /**
     * Makes a user with a random id.
     *
     * @throws ManagementError when a field is wrong, or the email address is that of another user
     */
    public User add(String firstName, String lastName, String email) {
        User user = new User(Identifiers.random(), firstName, lastName, email, null, List.of());
        put(user, known -> {});
        return user;
    }

    /**
     * Deletes a user.
     *
     * @param withSubscriptions whether the user's subscriptions go, too
     * @param precondition called with the user that is there, before anything changes
     * @return whether there was one
     * @throws ManagementError for the administrator, and for an owner whose subscriptions are to stay
     */
    public boolean delete(String id, boolean withSubscriptions, Consumer<User> precondition) {
        ManagementState before = store.update((ManagementState state) -> {
            User known = state.users().get(id);
            if (known == null) {
                return state;
            }
            precondition.accept(known);
            checkDeletable(known, withSubscriptions, state);
            return state.withoutUser(known.id());
        });
        return before.users().containsKey(id);
    }

    /**
     * Adds a user to a group that a product names.
     *
     * @return whether the user was not in it before
     * @throws ManagementError when there is no such user or group, or the group is built in
     */
    public boolean join(String id, String group) {
        checkChangeable(group);
        ManagementState before =
                store.update(state -> state.with(found(id, state).with(group)));
        return !found(id, before).groups().contains(group);
    }

    /**
     * Takes a user out of a group that a product names.
     *
     * @return whether the user was in it
     * @throws ManagementError when there is no such user or group, or the group is built in
     */
    public boolean leave(String id, String group) {
        checkChangeable(group);
        ManagementState before =
                store.update(state -> state.with(found(id, state).without(group)));
        return found(id, before).groups().contains(group);
    }

    /**
     * Lets the name of a group pass.
     *
     * @throws ManagementError 404 when there is no such group
     */
    public void checkGroup(String group) {
        if (!groups.contains(group)) {
            throw ManagementError.notFound("Group not found.");
        }
    }

    private void checkChangeable(String group) {
        checkGroup(group);
        if (isBuiltIn(group)) {
            throw ManagementError.refused("The members of the built-in group " + group + " cannot be changed.");
        }
    }

    private static void checkRoom(ManagementState state) {
        if (state.users().size() >= MOST_USERS) {
            throw ManagementError.refused("The sandbox keeps at most " + MOST_USERS + " users. Delete one.");
        }
    }

    private static void checkDeletable(User user, boolean withSubscriptions, ManagementState state) {
        if (user.administrates()) {
            throw ManagementError.refused("The administrator cannot be deleted.");
        }
        if (!withSubscriptions && !state.ownedBy(user.id()).isEmpty()) {
            throw ManagementError.refused("The user has subscriptions. Delete them, or send deleteSubscriptions=true.");
        }
    }

    private static User found(String id, ManagementState state) {
        User found = state.users().get(id);
        if (found == null) {
            throw ManagementError.notFound("User not found.");
        }
        return found;
    }
}
