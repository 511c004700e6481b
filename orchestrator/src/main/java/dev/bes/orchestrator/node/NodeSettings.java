package dev.bes.orchestrator.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a node.
 *
 * @param skewLimit how far its clock may be off the database's; beyond it the node claims no work
 */
@ConfigurationProperties("orchestrator.node")
record NodeSettings(@DefaultValue("1s") Duration skewLimit) {}
