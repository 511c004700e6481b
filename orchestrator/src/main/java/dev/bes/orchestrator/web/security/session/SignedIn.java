package dev.bes.orchestrator.web.security.session;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Account;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** Somebody who has signed in with a browser. Whatever signs people in hands this to {@link AccountSessions}. */
public final class SignedIn extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Account account;

    /** Somebody with that account, as it is now. */
    public SignedIn(Account account) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.account = account;
        setAuthenticated(true);
    }

    /** His account. */
    public Account account() {
        return account;
    }

    /** Nothing: the password is not kept. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Access getPrincipal() {
        return account.access();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && account.equals(that.account);
    }

    @Override
    public int hashCode() {
        return Objects.hash(account);
    }
}
