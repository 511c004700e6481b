package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.security.SecuritySettings.Mode;

/**
 * Who looks at a page: templates show the links and buttons that he may use. Whatever they show, handlers decide.
 *
 * @param access what he may do
 * @param mode whether visitors sign in
 */
record Visitor(Access access, Mode mode) {

    /** The name in the head of the page. */
    public String name() {
        return access.name();
    }

    /** Whether he has signed in. */
    public boolean hasSignedIn() {
        return mode == Mode.LOGIN && access.account() != null;
    }

    /** Whether nobody signs in here. */
    public boolean isOpen() {
        return mode == Mode.OPEN;
    }

    /** What {@code curl} needs to call the API here, after a blank; nothing if nobody signs in. */
    public String curlOption() {
        return isOpen() ? "" : " -H 'Authorization: Bearer KEY'";
    }

    /** Whether he sees any run. */
    public boolean sees() {
        return access.maySomewhere(Role.VIEWER);
    }

    /** Whether he may start runs of any definition. */
    public boolean operates() {
        return access.maySomewhere(Role.OPERATOR);
    }

    /** Whether he may start, cancel and resume runs of a definition. */
    public boolean operates(String definition) {
        return access.may(Role.OPERATOR, definition);
    }

    /** Whether he decides about users. */
    public boolean administers() {
        return access.mayEverywhere(Role.ADMIN);
    }

    /** Whether he reads the audit of any definition. */
    public boolean audits() {
        return access.maySomewhere(Role.ADMIN);
    }
}
