package dev.bes.orchestrator.account;

import dev.bes.orchestrator.account.AccountEvents.Kind;
import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import dev.bes.orchestrator.database.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accounts of users whom an OpenID provider identifies. What it says of them at a sign-in holds from then on. */
@Component
public class ExternalAccounts {
    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final AccountEvents events;

    ExternalAccounts(JdbcClient jdbc, Transactions transactions, AccountEvents events) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * The account of a user whom an OpenID provider has identified; adds it at his first sign-in, and gives him the grants that his groups
     * have now.
     *
     * @param externalId issuer and subject
     * @param name what the provider calls him
     * @throws AccountRefusedException if another user has the name
     */
    public Account signedIn(String externalId, String name, List<Grant> grants) {
        try {
            return transactions.run(() -> {
                // of two sign-ins at the same time, one adds him, and the other one finds him
                jdbc.sql(Accounts.LOCK).query((row, number) -> 0).single();
                Optional<Account> before = find(externalId);
                Account after = jdbc.sql("""
                            INSERT INTO account AS a (external_id, name, grants) VALUES (:id, :name, :grants)
                            ON CONFLICT (external_id) DO UPDATE SET name = excluded.name, grants = excluded.grants
                            RETURNING %s""".formatted(Account.COLUMNS))
                        .param("id", externalId)
                        .param("name", name)
                        .param("grants", Account.texts(grants))
                        .query(Account::account)
                        .single();
                tell(before, after);
                return after;
            });
        } catch (DuplicateKeyException e) {
            throw new AccountRefusedException(
                    Reason.NAME_TAKEN, "Another user has the name that the provider gives this one");
        }
    }

    /** Takes all grants from a user whom no group of the OpenID provider gives one any more, if he has an account: his keys may do nothing, too. */
    public void withdraw(String externalId) {
        transactions.run(() -> {
            jdbc.sql(Accounts.LOCK).query((row, number) -> 0).single();
            find(externalId).ifPresent(before -> {
                jdbc.sql("UPDATE account SET grants = '{}' WHERE id = :id")
                        .param("id", before.id())
                        .update();
                events.grantsChanged(before, List.of(), before.name());
            });
            return null;
        });
    }

    private Optional<Account> find(String externalId) {
        return jdbc.sql("SELECT " + Account.COLUMNS + " FROM account WHERE external_id = :id")
                .param("id", externalId)
                .query(Account::account)
                .optional();
    }

    private void tell(Optional<Account> known, Account after) {
        String name = after.name();
        if (known.isEmpty()) {
            events.happened(Kind.USER_ADDED, name, name, null, after.grants().toString());
            return;
        }
        Account before = known.get();
        if (!before.name().equals(name)) {
            events.happened(Kind.USER_RENAMED, name, name, before.name(), name);
        }
        events.grantsChanged(before, after.grants(), name);
    }
}
