package io.ampacity.ledger;

/**
 * Charges in the columns of FOCUS 1.2, the FinOps Foundation's form of bills: {@link #SOURCE} sums attempts over an hour, a
 * pool and a key, and {@link #COLUMNS} names the sums as FOCUS does. What an attempt of unknown price cost is in no sum;
 * {@code x_UnpricedAttempts} counts such attempts, so that nobody takes a part for the whole.
 */
final class FocusRows {

    static final String SOURCE = """
            select date_trunc('hour', request.arrived) as began, request.key_name, attempt.pool, attempt.supplier,
                attempt.site, attempt.model, count(*) as attempts,
                sum(case when attempt.cost_usd is null then 1 else 0 end) as unpriced,
                sum(attempt.cost_usd) as cost, sum(attempt.prompt_tokens) as prompt, sum(attempt.output_tokens) as output,
                sum(attempt.energy_joules) as joules, sum(attempt.carbon_grams) as grams
            from request join attempt on attempt.request = request.id
            where request.arrived >= ? and request.arrived < ?
            group by date_trunc('hour', request.arrived), request.key_name, attempt.pool, attempt.supplier, attempt.site,
                attempt.model
            order by 1, 2, 3, 4, 5, 6""";

    static final String COLUMNS = """
            select
                cost as BilledCost, supplier as BillingAccountId, supplier as BillingAccountName, 'USD' as BillingCurrency,
                date_trunc('month', began) + interval 1 month as BillingPeriodEnd,
                date_trunc('month', began) as BillingPeriodStart,
                'Usage' as ChargeCategory, null::varchar as ChargeClass,
                'Tokens of ' || model || ' at ' || pool as ChargeDescription, 'Usage-Based' as ChargeFrequency,
                began + interval 1 hour as ChargePeriodEnd, began as ChargePeriodStart,
                coalesce(prompt, 0) + coalesce(output, 0) as ConsumedQuantity, 'Tokens' as ConsumedUnit,
                cost as ContractedCost, cost as EffectiveCost, supplier as InvoiceIssuerName, cost as ListCost,
                'Standard' as PricingCategory, coalesce(prompt, 0) + coalesce(output, 0) as PricingQuantity,
                'Tokens' as PricingUnit, supplier as ProviderName, supplier as PublisherName, site as RegionId,
                site as RegionName, pool as ResourceId, pool as ResourceName, 'Model deployment' as ResourceType,
                'AI and Machine Learning' as ServiceCategory, model as ServiceName,
                'Generative AI' as ServiceSubcategory, key_name as SubAccountId, key_name as SubAccountName,
                attempts as x_Attempts, unpriced as x_UnpricedAttempts, prompt as x_PromptTokens,
                output as x_OutputTokens, joules as x_EnergyJoules, grams as x_CarbonGrams
            from rows order by began, key_name, pool""";

    private FocusRows() {}
}
