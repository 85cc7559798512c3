from . import class_list
