package dev.bes.sandbox.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementStoreTests {

    private static final ManagedApi api = ManagedApiReader.bundled();

    private final SettableClock clock = new SettableClock();

    @TempDir
    private Path folder;

    @Test
    void keepsWhatWasChangedOverARestartOfTheSandbox() {
        String key;
        try (Sandbox sandbox = Sandbox.start(SharedStore.options().withData(folder))) {
            ManagementClient client = new ManagementClient(sandbox);
            key = client.subscribe(
                    "kept", "{\"displayName\":\"Kept\",\"scope\":\"/products/unlimited\",\"state\":\"active\"}");
            client.call("POST", "/subscriptions/starter/regeneratePrimaryKey", "");
            client.with("If-Match", "*").call("DELETE", "/subscriptions/suspended", "");
        }
        try (Sandbox sandbox = Sandbox.start(SharedStore.options().withData(folder))) {
            ManagementClient client = new ManagementClient(sandbox);
            assertThat(client.gateway(key)).isEqualTo(404);
            assertThat(client.gateway(first("starter").primaryKey())).isEqualTo(401);
            assertThat(client.gateway(first("starter").secondaryKey())).isEqualTo(404);
            assertThat(client.call("GET", "/subscriptions/suspended", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void writesTheFileAsAWhole() throws IOException {
        Administration administration = new Administration(open(), api, clock);

        administration.regeneratePrimaryKey("starter");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("management.json"));
        }
        assertThat(open().state()).isEqualTo(open().state());
    }

    @Test
    void startsTheQuotaWithTheFirstActiveTime() {
        ManagementStore store = open();
        Administration administration = new Administration(store, api, clock);
        User demo = new Users(store, api, clock).add("New", "User", "new@example.com");
        String sid = administration.subscribe(demo, "unlimited", "waits");
        assertThat(administration.subscription(sid).started()).isNull();

        clock.advance(Duration.ofDays(2));
        administration.update(sid, SubscriptionChange.toState(State.ACTIVE), known -> {});
        clock.advance(Duration.ofDays(2));
        administration.update(sid, SubscriptionChange.toState(State.SUSPENDED), known -> {});
        administration.update(sid, SubscriptionChange.toState(State.ACTIVE), known -> {});

        assertThat(administration.subscription(sid).started())
                .isEqualTo(clock.instant().minus(Duration.ofDays(2)));
    }

    @Test
    void bindsOnlyUsersToTheGroupsOfAProduct() {
        ManagementStore store = open();
        ManagedApi closed = forPartners();
        Users users = new Users(store, closed, clock);
        Administration administration = new Administration(store, closed, clock);
        User outsider = users.add("Out", "Sider", "out@example.com");

        assertThat(administration.products(outsider)).isEmpty();
        assertThatThrownBy(() -> administration.subscribe(outsider, "starter", "x"))
                .isInstanceOf(ManagementError.class);
        users.join(outsider.id(), "partners");
        assertThat(administration.products(users.user(outsider.id()))).hasSize(2);
        assertThat(administration.subscribe(outsider, "starter", "x")).isNotEmpty();
        assertThat(administration.products(users.user("1"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"users\":[}                                | 1 | 11",
                "[]                                           | 1 | 1",
                "{\"users\":[],\"groups\":[]}                 | 1 | 13",
                "{\"users\":[]} {}                            | 1 | 14",
                "{\"users\":{}}                               | 1 | 10",
                "{\"users\":[{\"id\":\"a b\"}]}               | 1 | 11",
                "{\"subscriptions\":[\\n {\"sid\":\"x\",\\n  \"state\":\"running\"}]} | 3 | 11",
                "{\"subscriptions\":[\\n {\"sid\":\"x\",\"state\":\"active\"}]}       | 2 | 2",
                "{\"subscriptions\":[\\n {\"sid\":\"x\",\\n \"colour\":\"red\"}]}     | 2 | 2"
            })
    void refusesABrokenFileByLineAndColumn(String text, int line, int column) throws IOException {
        Path file = folder.resolve("management.json");
        Files.writeString(file, text.replace("\\n", "\n"));

        assertThatThrownBy(this::open).hasMessageStartingWith(file + ":" + line + ":" + column + ": ");
        assertThat(Files.readString(file)).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void refusesAFileInWhichTwoSubscriptionsHaveOneKey() throws IOException {
        Path file = folder.resolve("management.json");
        open();
        String text = Files.readString(file);
        String key = first("starter").primaryKey();
        Files.writeString(file, text.replace(first("unlimited").primaryKey(), key));

        assertThatThrownBy(this::open).hasMessageContaining("Another subscription has one of the keys");
    }

    private static Subscription first(String sid) {
        return Subscription.demo().stream()
                .filter(it -> it.sid().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private ManagementStore open() {
        return ManagementStore.open(folder.resolve("management.json"), Subscription.demo(), clock);
    }

    /** The API, with products that only a group of its own may subscribe to. */
    private static ManagedApi forPartners() {
        return new ManagedApi(
                api.id(),
                api.displayName(),
                api.description(),
                api.path(),
                api.backend(),
                api.subscriptionRequired(),
                api.keyHeader(),
                api.keyQuery(),
                api.operations(),
                api.products().stream().map(ManagementStoreTests::forPartners).toList(),
                api.globalPolicies(),
                api.policies(),
                api.operationPolicies());
    }

    private static Product forPartners(Product product) {
        return new Product(
                product.id(),
                product.displayName(),
                product.description(),
                product.subscriptionRequired(),
                product.approvalRequired(),
                product.subscriptionsLimit(),
                product.published(),
                List.of("partners"),
                product.policies());
    }
}
