package dev.bes.orchestrator.remote.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class RemoteSettingsTests {

    private static final String BLOBS = "orchestrator.blobs.connection-string=AccountName=a;AccountKey=blobsecret==";
    private static final String URL = "orchestrator.endpoints.toxic.url=https://x.azure-api.net/azureml-demo/";
    private static final String KEY = "orchestrator.endpoints.toxic.service-key=servicesecret==";

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(RemoteConfiguration.class);

    @Test
    void hasDefaultsForAllButAddressesAndKeys() {
        context.withPropertyValues(BLOBS, URL, KEY).run(started -> {
            RemoteSettings settings = started.getBean(RemoteSettings.class);
            assertThat(settings.blobs().container()).isEqualTo("orchestrator");
            assertThat(settings.endpoints())
                    .containsOnlyKeys("toxic")
                    .containsValue(new EndpointSettings(
                            "https://x.azure-api.net/azureml-demo",
                            "bes",
                            null,
                            null,
                            "Ocp-Apim-Subscription-Key",
                            new Secret("servicesecret=="),
                            null,
                            BlobReference.Form.SAS,
                            40,
                            null,
                            null,
                            null,
                            Duration.ofSeconds(30),
                            null,
                            null));
        });
    }

    @Test
    void takesEverythingFromTheEnvironment() {
        List<String> all = new ArrayList<>(List.of(BLOBS, URL, KEY, "orchestrator.blobs.container=other"));
        String prefix = "orchestrator.endpoints.toxic.";
        all.addAll(List.of(prefix + "kind=bes", prefix + "subscription-key=gatewaysecret"));
        all.addAll(List.of(prefix + "subscription-key-header=X-Key", prefix + "blob-reference=connection-string"));
        all.addAll(List.of(
                prefix + "secondary-subscription-key=gatewaysecret2", prefix + "secondary-service-key=servicesecret2"));
        all.addAll(List.of(prefix + "max-concurrent-jobs=0", prefix + "call-timeout=5s"));
        all.addAll(List.of(
                prefix + "rate-limit=100/60s", prefix + "quota=5000/1d", prefix + "remaining-calls-header=X-Left"));

        context.withPropertyValues(all.toArray(String[]::new)).run(started -> {
            RemoteSettings settings = started.getBean(RemoteSettings.class);
            assertThat(settings.blobs().container()).isEqualTo("other");
            assertThat(settings.endpoints().get("toxic"))
                    .isEqualTo(new EndpointSettings(
                            "https://x.azure-api.net/azureml-demo",
                            "bes",
                            new Secret("gatewaysecret"),
                            new Secret("gatewaysecret2"),
                            "X-Key",
                            new Secret("servicesecret=="),
                            new Secret("servicesecret2"),
                            BlobReference.Form.CONNECTION_STRING,
                            0,
                            new CallLimit(100, Duration.ofMinutes(1)),
                            new CallLimit(5000, Duration.ofDays(1)),
                            "X-Left",
                            Duration.ofSeconds(5),
                            null,
                            null));
            assertThat(settings.toString()).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orchestrator.endpoints.toxic.url= | orchestrator.endpoints.toxic.url is missing",
                "orchestrator.endpoints.toxic.url=ftp://x | orchestrator.endpoints.toxic.url must be an http(s) URL",
                "orchestrator.endpoints.toxic.url=https://x/?a=b | orchestrator.endpoints.toxic.url must be",
                "orchestrator.endpoints.toxic.url=https://u:secret@x/ | orchestrator.endpoints.toxic.url must be",
                "orchestrator.endpoints.toxic.url=not a url | orchestrator.endpoints.toxic.url must be",
                "orchestrator.endpoints.toxic.service-key= | orchestrator.endpoints.toxic.service-key is missing",
                "orchestrator.endpoints.toxic.service-key=my secret | orchestrator.endpoints.toxic.service-key holds",
                "orchestrator.endpoints.toxic.subscription-key=my secret | toxic.subscription-key holds blanks",
                "orchestrator.endpoints.toxic.secondary-service-key=my secret | toxic.secondary-service-key holds"
                        + " blanks",
                "orchestrator.endpoints.toxic.secondary-subscription-key=a secret | secondary-subscription-key holds",
                "orchestrator.endpoints.toxic.subscription-key-header=a: b | toxic.subscription-key-header is not",
                "orchestrator.endpoints.toxic.max-concurrent-jobs=-1 | orchestrator.endpoints.toxic.max-concurrent-jobs is below 0",
                "orchestrator.endpoints.toxic.call-timeout=0s | orchestrator.endpoints.toxic.call-timeout must be",
                "orchestrator.endpoints.toxic.rate-limit=many | is not a limit: write calls/period",
                "orchestrator.endpoints.toxic.quota=0/1d | A limit allows at least one call",
                "orchestrator.blobs.connection-string= | orchestrator.blobs.connection-string is missing",
                "orchestrator.endpoints.toxic.subscription-key='secret' | toxic.subscription-key is in quotes",
                "orchestrator.blobs.connection-string=SharedAccessSignature=secret | blobs.connection-string has no",
                "orchestrator.blobs.connection-string=secret | is not a connection string: its part 1 is not Name=Value",
                "orchestrator.blobs.connection-string=\"AccountName=a;AccountKey=secret==\" | connection-string is in quotes",
                "orchestrator.blobs.connection-string=AccountName=a; AccountKey=secret== | a blank around 'AccountKey'",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey =secret== | a blank around 'AccountKey'",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey= secret== | a blank around 'AccountKey'",
                "orchestrator.blobs.connection-string=accountname=a;AccountKey=secret== | has 'AccountName' in wrong case",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secret==;AccountKey=secret | 'AccountKey' twice",
                "orchestrator.blobs.connection-string=AccountKey=secretAA | blobs.connection-string has no AccountName",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secret*== | AccountKey that is not Base64",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secretA | AccountKey that is not Base64",
                "orchestrator.blobs.connection-string=AccountName=a secret;AccountKey=secretAA | an AccountName with characters other than",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secretAA;BlobEndpoint=secret | a BlobEndpoint",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secretAA;BlobEndpoint=https://x/?sig=secret"
                        + " | a BlobEndpoint that is not",
                "orchestrator.blobs.connection-string=AccountName=a;AccountKey=secretAA;EndpointSuffix=https://secret | Suffix",
                "orchestrator.blobs.connection-string=DefaultEndpointsProtocol=secret;AccountName=a;AccountKey=secretAA"
                        + " | DefaultEndpointsProtocol that is neither",
                "orchestrator.blobs.connection-string=UseDevelopmentStorage=true | is UseDevelopmentStorage",
                "orchestrator.blobs.stores.lake.container=lake | orchestrator.blobs.stores.lake.connection-string is missing",
                "orchestrator.blobs.stores.lake.connection-string=secret | stores.lake.connection-string is not a connection",
                "orchestrator.blobs.stores.lake.connection-string=AccountName=a;AccountKey=secretAA | stores.lake.container is not",
                "orchestrator.blobs.container=Not_A_Name | orchestrator.blobs.container is not a container name"
            })
    void namesThePropertyThatIsWrongAndNotItsSecret(String property, String told) {
        context.withPropertyValues(BLOBS, URL, KEY, property)
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(told)
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void takesTheAddressOfAnAccountInPlaceOfItsConnectionString() {
        context.withPropertyValues(URL, KEY, "orchestrator.blobs.account-url=https://a.blob.core.windows.net")
                .run(started -> {
                    StorageAccount account =
                            started.getBean(RemoteSettings.class).blobs().account();
                    assertThat(account.setting()).isEqualTo("orchestrator.blobs.account-url");
                    assertThat(account.url()).isEqualTo("https://a.blob.core.windows.net");
                    assertThat(account.connectionString()).isNull();
                    assertThat(started.getBean(Redaction.class).redact("servicesecret=="))
                            .isEqualTo("***");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.blob.core.windows.net | toxic.x=1 | account-url must be the https address",
                "https://a.blob.core.windows.net/?sig=secret | toxic.x=1 | account-url must be the https address",
                "https://u:secret@a.blob.core.windows.net | toxic.x=1 | account-url must be the https address",
                "https:// secret | toxic.x=1 | account-url must be the https address",
                "https://a.blob.core.windows.net | orchestrator.endpoints.toxic.blob-reference=connection-string | toxic.blob-reference is connection-string, but the identity",
                "https://a.blob.core.windows.net | orchestrator.blobs.connection-string=secret | connection-string are both set",
            })
    void refusesAnAddressThatIsNoneAndWhatNeedsAKey(String address, String property, String told) {
        context.withPropertyValues(URL, KEY, "orchestrator.blobs.account-url=" + address, property)
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(told)
                        .hasMessageNotContaining("secret"));
    }

    /** By the names that docs/security.md gives. */
    @Test
    void takesSecretsFromTheEnvironmentOfTheProcess() {
        context.withPropertyValues(URL)
                .withInitializer(starting -> starting.getEnvironment()
                        .getPropertySources()
                        .replace(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new SystemEnvironmentPropertySource(
                                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                        Map.of(
                                                "ORCHESTRATOR_BLOBS_CONNECTIONSTRING",
                                                "AccountName=a;AccountKey=blobsecret==",
                                                "ORCHESTRATOR_ENDPOINTS_TOXIC_SERVICEKEY",
                                                "servicesecret=="))))
                .run(started -> {
                    RemoteSettings settings = started.getBean(RemoteSettings.class);
                    assertThat(settings.blobs().connectionString())
                            .isEqualTo(new Secret("AccountName=a;AccountKey=blobsecret=="));
                    assertThat(settings.endpoints().get("toxic").serviceKey()).isEqualTo(new Secret("servicesecret=="));
                });
    }

    @Test
    void takesOffWhatFilesAndCopiedTextBringAtTheEnds() {
        String prefix = "orchestrator.endpoints.toxic.";
        context.withPropertyValues(BLOBS.replace("string=", "string=\ufeff ") + " \r\n", URL, KEY + "\n")
                .withPropertyValues(prefix + "subscription-key=\u00a0gatewaysecret\t\u200b\n")
                .withPropertyValues(prefix + "secondary-subscription-key= \n")
                .run(started -> {
                    RemoteSettings settings = started.getBean(RemoteSettings.class);
                    EndpointSettings toxic = settings.endpoints().get("toxic");
                    assertThat(settings.blobs().connectionString())
                            .isEqualTo(new Secret("AccountName=a;AccountKey=blobsecret=="));
                    assertThat(toxic.serviceKey()).isEqualTo(new Secret("servicesecret=="));
                    assertThat(toxic.subscriptionKey()).isEqualTo(new Secret("gatewaysecret"));
                    assertThat(toxic.secondarySubscriptionKey()).isNull();
                    assertThat(started.getBean(Redaction.class).redact("blobsecret== servicesecret== gatewaysecret"))
                            .isEqualTo("*** *** ***");
                });
    }

    @Test
    void knowsNoTwoLimitsOfOneSubscription() {
        String key = ".subscription-key=gatewaysecret";
        String other = "orchestrator.endpoints.other";
        context.withPropertyValues(BLOBS, URL, KEY, "orchestrator.endpoints.toxic" + key, other + key)
                .withPropertyValues(other + ".url=https://x.azure-api.net/other", other + ".service-key=secret")
                .withPropertyValues(other + ".quota=100/7d")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(other)
                        .hasMessageContaining("orchestrator.endpoints.toxic")
                        .hasMessageContaining("set the same rate-limit and quota for both")
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void knowsEverySecretThatItHolds() {
        String prefix = "orchestrator.endpoints.toxic.";
        context.withPropertyValues(BLOBS, URL, KEY, prefix + "subscription-key=gatewaysecret")
                .withPropertyValues(prefix + "secondary-subscription-key=gateway2")
                .withPropertyValues(prefix + "secondary-service-key=service2")
                .withPropertyValues(
                        "orchestrator.blobs.stores.lake.connection-string=AccountName=l;AccountKey=lakesecret==")
                .withPropertyValues("orchestrator.blobs.stores.lake.container=lake")
                .run(started -> assertThat(
                                started.getBean(Redaction.class)
                                        .redact(
                                                "blobsecret== or servicesecret== or gatewaysecret or gateway2 or service2 or lakesecret=="))
                        .isEqualTo("*** or *** or *** or *** or *** or ***"));
    }
}
