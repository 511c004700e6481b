package dev.bes.orchestrator.crash;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.move.Moves;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.trigger.request.SqlRequests;
import dev.bes.orchestrator.trigger.schedule.fire.FireLedger;
import java.util.List;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts failpoints around the parts of a node, where they meet each other, the database, the far side and the files. */
final class FailpointInstaller implements BeanPostProcessor {
    private final List<Seam> seams;

    private FailpointInstaller(CallFailpoints callFailpoints) {
        MoveFailpoints moveFailpoints = new MoveFailpoints(callFailpoints);
        RemoteCallFailpoints remoteCallFailpoints = new RemoteCallFailpoints(callFailpoints);
        this.seams = List.of(
                Seam.at(Claims.class, moveFailpoints::claims),
                Seam.at(SubmitIntents.class, moveFailpoints::intents),
                Seam.at(Moves.class, moveFailpoints::moves),
                Seam.at(RunAcceptance.class, moveFailpoints::runs),
                Seam.at(FireLedger.class, moveFailpoints::fires),
                Seam.at(Cancellation.class, moveFailpoints::cancellation),
                Seam.at(PlatformTransactionManager.class, moveFailpoints::transactions),
                Seam.at(JdbcClient.class, moveFailpoints::statements),
                Seam.at(SqlRequests.class, moveFailpoints::sqlRequests),
                Seam.named("dev.bes.orchestrator.trigger.backfill.BackfillItems", moveFailpoints::backfillItems),
                Seam.named("dev.bes.orchestrator.trigger.arrival.container.BlobTaker", moveFailpoints::blobTaker),
                Seam.named("dev.bes.orchestrator.callback.CallbackRows", moveFailpoints::callbackRows),
                Seam.named("dev.bes.orchestrator.callback.SignedCall", remoteCallFailpoints::callbacks),
                Seam.at(StoreBlobs.class, remoteCallFailpoints::stores),
                Seam.named("dev.bes.orchestrator.trigger.request.RequestFiles", moveFailpoints::requestFiles),
                Seam.named("dev.bes.orchestrator.trigger.arrival.FileRuns", moveFailpoints::droppedFiles),
                Seam.named("dev.bes.orchestrator.pipeline.sweep.CollectHandover", moveFailpoints::relay),
                Seam.named("dev.bes.orchestrator.pipeline.launch.Stage", remoteCallFailpoints::staging),
                Seam.at(Blobs.class, remoteCallFailpoints::blobs));
    }

    /** Puts them into a node that is being started. */
    static void into(GenericApplicationContext node, Failpoints points) {
        CallFailpoints callFailpoints = new CallFailpoints(points);
        node.getBeanFactory().addBeanPostProcessor(new FailpointInstaller(callFailpoints));
        // the endpoints themselves are asked for by their class, too, and that one is final
        node.registerBean(
                "endpointsWithFailpoints",
                Endpoints.class,
                () -> (Endpoints)
                        wrap(node.getBean("endpoints"), false, new RemoteCallFailpoints(callFailpoints)::endpoints),
                bean -> bean.setPrimary(true));
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return seams.stream()
                .filter(seam -> seam.which.test(bean))
                .findFirst()
                .map(seam -> wrap(bean, seam.byClass, seam.advice))
                .orElse(bean);
    }

    static Object wrap(Object target, boolean byClass, MethodInterceptor advice) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(byClass);
        factory.addAdvice(advice);
        return factory.getProxy();
    }

    private record Seam(Predicate<Object> which, boolean byClass, MethodInterceptor advice) {
        static Seam at(Class<?> type, MethodInterceptor advice) {
            return new Seam(type::isInstance, !type.isInterface(), advice);
        }

        /** A part that its package keeps to itself. */
        static Seam named(String type, MethodInterceptor advice) {
            return new Seam(bean -> bean.getClass().getName().equals(type), true, advice);
        }
    }
}
