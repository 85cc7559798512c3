"""Stored values without records, for pages of a thousand cells."""


def stored_rows(model, domain, names, order="id", bypass_access=False):
    """Read stored fields as tuples; what is empty is None. One query.

    Rights and rules hold as in a search. As records the cells of a quarter's page cost
    ten times their query.

    :param model: the model, in the caller's environment
    :param names: names of the fields
    :param bypass_access: the caller's right was checked before
    """
    query = model._search(domain, order=order, bypass_access=bypass_access)
    columns = [model._field_to_sql(model._table, name, query) for name in names]
    return model.env.execute_query(query.select(*columns))
