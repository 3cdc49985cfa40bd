package dev.slipway.api.webhooks;

import java.util.List;

/** One page of the list of a webhook's deliveries. */
public record WebhookDeliveryPage(List<WebhookDelivery> deliveries, long totalDeliveries, int currentPage) {}
