package dev.bes.cli.service;

import dev.bes.api.account.UsersJson;
import dev.bes.api.account.UsersJson.GrantsJson;
import dev.bes.api.account.UsersJson.NewUserJson;
import dev.bes.api.account.UsersJson.OneTimePasswordJson;
import dev.bes.api.account.UsersJson.UserJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes users}: who may use the service. */
@Command(
        name = "users",
        description = "Adds, lists and changes users. Only administrators may.",
        footer = {
            "  bes users list",
            "  bes users add mary --grant viewer --grant operator:finance-*",
            "  bes users disable mary"
        })
public final class UsersCommand implements Callable<Integer> {
    private static final Table<UserJson> USERS = Table.<UserJson>of()
            .with("user", UserJson::name)
            .with("grants", user -> String.join(" ", user.grants()))
            .with("from", user -> user.external() ? "provider" : "here")
            .with("state", UsersCommand::state, user -> user.disabled() ? Colour.GREY : Colour.NONE)
            .with("createdAt", UserJson::createdAt)
            .with("lastSignInAt", UserJson::lastSignInAt);

    private static final String NAME = "The name of the user.";
    private static final String GRANT =
            "A role (viewer, operator, admin), or role:pattern for the definitions of these names.";

    private final Session session;

    /** The command, over a session. */
    public UsersCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return list();
    }

    private static String state(UserJson user) {
        return user.disabled() ? "disabled" : user.oneTimePasswordUntil() == null ? "active" : "one-time password";
    }

    @Command(
            name = "list",
            description = "Lists the users.",
            footer = {"  bes users list"})
    int list() {
        UsersJson users = session.api().users();
        session.printer().rows(users, users.users(), USERS, "There is no user.");
        session.tellRest(users.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "add",
            description = "Adds a user, and prints a one-time password that must be changed at the first sign-in.",
            footer = {"  bes users add mary --grant viewer --grant operator:finance-*"})
    int add(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--grant", paramLabel = "GRANT", required = true, description = GRANT)
                    List<String> grants) {
        return print(session.api().addUser(new NewUserJson(name, grants)));
    }

    @Command(
            name = "grant",
            description = "Replaces what a user may do.",
            footer = {"  bes users grant mary --grant operator"})
    int grant(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--grant", paramLabel = "GRANT", required = true, description = GRANT)
                    List<String> grants) {
        return print(session.api().changeGrants(name, new GrantsJson(grants)));
    }

    @Command(
            name = "reset",
            description = "Gives a user a new one-time password, and ends his sessions.",
            footer = {"  bes users reset mary"})
    int reset(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return print(session.api().resetPassword(name));
    }

    @Command(
            name = "disable",
            description = "Disables a user and his keys, and ends his sessions.",
            footer = {"  bes users disable mary"})
    int disable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return print(session.api().disableUser(name));
    }

    @Command(
            name = "enable",
            description = "Enables a user again.",
            footer = {"  bes users enable mary"})
    int enable(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return print(session.api().enableUser(name));
    }

    @Command(
            name = "sign-out",
            description = "Ends all sessions of a user.",
            footer = {"  bes users sign-out mary"})
    int signOut(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        return print(session.api().signOutUser(name));
    }

    private int print(OneTimePasswordJson user) {
        Table<OneTimePasswordJson> table = Table.<OneTimePasswordJson>of()
                .with("oneTimePassword", OneTimePasswordJson::oneTimePassword)
                .with("user", one -> one.user().name())
                .with("validUntil", one -> one.user().oneTimePasswordUntil());
        session.printer().row(user, user, table);
        session.printer().note("The password is shown this once.");
        return ExitCode.FINISHED;
    }

    private int print(UserJson user) {
        session.printer().row(user, user, USERS);
        return ExitCode.FINISHED;
    }
}
